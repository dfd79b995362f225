"""What Mahdar knows: data files, their schema and the compiled tables."""

from mahdar.lexicon.load import load_lexicon
from mahdar.lexicon.model import Lexicon

__all__ = ["Lexicon", "load_lexicon"]
