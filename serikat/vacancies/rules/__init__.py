"""What the room decides without a database: `brokers` reads an advert for what honest ones do not say, `adverts` holds its measures."""
