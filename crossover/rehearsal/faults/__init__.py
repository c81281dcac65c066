"""Everything that can be made to go wrong.

- `script`, `script_file`: which fault meets which call
- `answer_faults`, `payload_faults`, `connection_faults`: the kinds
- `active_faults`: those that meet the call at hand; `base`: what a fault is
"""
