"""Finding any record by any scrap of what is written in it, and the index that makes this quick. Learns no feature's name."""
