"""The joined faces: the wizard of the first start, the desk, the trail, the organisation's face."""
