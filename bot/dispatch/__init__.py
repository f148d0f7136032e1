"""Physical media and paper on their way: followed until somebody confirms that they arrived."""
