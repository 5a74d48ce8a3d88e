"""The joined faces: home, desk (meja kerja), search, navigation, trail pages, the wizard of the first start."""
