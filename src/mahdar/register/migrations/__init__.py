"""Alembic's scripts, run by :mod:`mahdar.register.migrate` when a register is opened."""
