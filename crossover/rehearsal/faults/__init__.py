"""Everything that can be made to go wrong.

- `script`: which faults apply to which call; `script_file`: reads it from YAML, by the
  pieces of `script_nodes`
- `answer_faults`, `payload_faults`, `connection_faults`: the kinds of faults
- `active_faults`: those that apply to the current call; `base`: what a fault is
"""
