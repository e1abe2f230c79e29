"""What lifelines makes of durations: reads [[days, has ended], …], writes the chance to stay beyond each day."""

from __future__ import annotations

import json
import sys

from lifelines import KaplanMeierFitter

durations, ended = zip(*json.load(sys.stdin), strict=True)
fitter = KaplanMeierFitter().fit(durations, event_observed=ended)
print(json.dumps([float(fitter.survival_function_at_times(day).iloc[0]) for day in range(int(sys.argv[1]))]))
