"""Records of many reports → one register: a database that keeps articles, their versions and records, and answers questions."""
