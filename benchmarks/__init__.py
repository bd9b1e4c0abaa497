"""Speed as ratios against bare limits measured in the same run."""
