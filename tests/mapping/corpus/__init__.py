"""A made corpus: captions as creators write them, in many scripts, languages and fields."""
