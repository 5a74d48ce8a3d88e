"""The shapes of what is typed at the helpdesk, one module for each noun."""
