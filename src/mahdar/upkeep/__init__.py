"""Registers kept whole: copies of them and back, what is wrong with one, what can be saved of a damaged one, and what this machine lacks."""

from mahdar.upkeep.backup import backup, restore
from mahdar.upkeep.check import Step, check
from mahdar.upkeep.doctor import Finding, examine
from mahdar.upkeep.repair import Saved, repair

__all__ = ["Finding", "Saved", "Step", "backup", "check", "examine", "repair", "restore"]
