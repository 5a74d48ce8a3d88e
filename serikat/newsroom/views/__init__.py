"""The newsroom's faces, by who meets them."""
