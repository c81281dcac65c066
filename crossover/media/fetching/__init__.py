"""Files behind an export's links: fetched soonest deadline first, a few at a time."""
