"""XGBoost on the rows that TreeRace wrote: prints the seconds of training and the rows predicted per second. Needs python3-xgboost."""
import sys
import time

import numpy
import xgboost

path, rows, features, rounds, leaves, loss = sys.argv[1], *map(int, sys.argv[2:6]), sys.argv[6]
values = numpy.fromfile(path, dtype=numpy.float32)
data = xgboost.DMatrix(values[: rows * features].reshape(features, rows).T, values[rows * features :])
settings = dict(tree_method="hist", grow_policy="lossguide", max_leaves=leaves, max_depth=0, max_bin=256, eta=0.05, min_child_weight=20, nthread=2)
if loss.startswith("tweedie"):
    settings.update(objective="reg:tweedie", tweedie_variance_power=float(loss.split(":")[1]))
else:
    settings.update(objective="reg:squarederror")
began = time.perf_counter()
model = xgboost.train(settings, data, rounds)
trained = time.perf_counter()
model.predict(data)
print(round(trained - began, 2), round(rows / (time.perf_counter() - trained)))
