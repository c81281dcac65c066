"""What shall go wrong, and at which call: the kinds of faults, scripts of them, and the wire."""
