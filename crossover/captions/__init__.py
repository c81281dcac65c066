"""Second sources of words, because TikTok leaves captions out of exports, and the join by time."""
