"""The register's face: an HTTP API, pages in Arabic and English, and an MCP server. Needs the extra ``server``."""
