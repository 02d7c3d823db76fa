"""The register of certificates of one awarding body and one year: numbers, papers, what became of each, the deposit."""
