"""All SQL of the service. Functions take a Session and never commit: the caller does, once."""
