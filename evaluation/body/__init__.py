"""One awarding body: its offices and delegations, providers, certifications, the commission's decisions, bars."""
