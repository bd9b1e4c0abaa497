"""Rules of the budget: from hours, wages and costs to pence, with exact fractions and a sentence for each figure."""
