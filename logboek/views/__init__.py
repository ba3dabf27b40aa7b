"""Edges: pages."""
