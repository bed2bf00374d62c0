"""What the server adds to the screens: headers, and later the data API's routes."""
