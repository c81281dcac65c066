"""What a person reads, one file per noun; `screen` prints it, `progress` tells how far a work
is."""
