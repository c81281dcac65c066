"""What a person reads, one file per noun; `screen` prints it, `pager` shows what is longer than the
screen, `progress` tells how far a work is."""
