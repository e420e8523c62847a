"""What the REST API takes and gives (marshmallow); the OpenAPI document is made from these."""
