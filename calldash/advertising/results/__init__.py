"""What advertising brings for its money, with how far each figure may be off: computations on plain numbers."""
