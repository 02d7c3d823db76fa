"""What browsers speak to: pages, commands, event streams, WHIP and WHEP. `routes.setup` puts it into an application."""
