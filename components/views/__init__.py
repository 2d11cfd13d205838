"""An organization becomes Dash components: pure functions without wiring."""
