"""What each seat is told: the state, read through its rights, in its language. The contract is
`web/static/js/view.d.ts`; nothing here decides a right, `evaluation.session.access` does."""
