"""Reading other people's archives: Jekyll folders and WordPress exports become one neutral form, without touching the database.

Plain Python: no Django, no Wagtail. `read_jekyll` and `read_wordpress` give an `Archive`; its posts are read one at a time. What a
reader does not understand stands word for word in the post's notes; what is wrong stands in its problems. `services/importing.py`
writes what was read.
"""
