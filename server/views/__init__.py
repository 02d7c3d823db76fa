"""What each reader is told: a stream's state, read through their rights, in their language; a folder for each kind of
stream. Nothing here decides a right: the kind's `access` does. What scripts read of a day is a contract,
`web/static/js/view.d.ts`."""
