"""Records of many reports become one register: who is who, what happened once and was told often, who asked, promised, changed."""
