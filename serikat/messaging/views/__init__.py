"""Where providers call (`providers`), and the desk of channels (`desk`)."""
