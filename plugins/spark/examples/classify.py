"""Classifies Parquet files in Spark. Without an input it makes a small one.

    spark-submit classify.py [PARTS.parquet CLASSIFIED.parquet]     (columns: description, part_number; others are kept)
"""
import sys

from pyspark.sql import SparkSession
from pyspark.sql.functions import col, explode

import sekisho.spark


def main(source=None, target=None):
    spark = SparkSession.builder.appName("sekisho").getOrCreate()
    if source is None:
        parts = spark.createDataFrame([("GOGGLE,NIGHT VISION", "AN/PVS-14"), ("TABLE,FOLDING", None),
                                       ("Ｖ－２２用ギアボックス", None)], "description string, part_number string")
    else:
        parts = spark.read.parquet(source)
    classified = sekisho.spark.classify(parts)
    if target is not None:
        classified.write.parquet(target)
        return
    found = classified.select("description", explode("candidates").alias("c"))
    found.select("description", *(col(f"c.{name}") for name in ("list", "entry", "verdict", "cite"))).show(truncate=False)


if __name__ == "__main__":
    main(*sys.argv[1:])
