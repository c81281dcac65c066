"""Move a creator's TikTok account to RedNote (小红书)."""

__version__ = "0.1.0"
