"""The site's pages (article, static page, home, rubric), how they are edited, approved, scheduled, found, and imported; what workers write themselves
(post), comments, and what became news of a post (lift); clips; wall bulletins; what is read; distribution (a variant of an article for each channel, corrections that follow) and INFO by key word.
Hears `MessagesSettled`.

The one room that stands on Wagtail. Leaves to others: who may do what (units, by mandates), the joined faces (web).
"""
