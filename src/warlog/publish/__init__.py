"""What goes out of a log: one file for each product.

`tables` writes any records as a table, CSV, JSON Lines or Parquet. `acled`, `ged` and `geojson` are exports in layouts
that coders know. `sitrep` and `map` are for readers, `explain` for whoever doubts. All but `tables` take a `Picture`:
events and place-days with the claims and documents they rest on, and the attribution of the packs whose places they
show, which every product bears.
"""

from warlog.publish.picture import Picture

__all__ = ["Picture"]
