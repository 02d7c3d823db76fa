"""One person's candidacy for one version of one certification: opened, awarded, certified."""
