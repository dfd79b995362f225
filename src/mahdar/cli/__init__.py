"""The library's calls from a shell: thin commands, one module each."""
