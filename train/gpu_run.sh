#!/usr/bin/env bash
# Trains and exports the adapter on a machine with a GPU that nothing but small files reaches.
#
#   bash train/gpu_run.sh PARTS OUT [MINUTES]
#
# PARTS holds the base model's parts and their list (python -m train split), wheels of what Python
# lacks there, and prepare/ as `python -m train prepare` wrote it. OUT gets the adapter, in parts
# too, and the log. A run that is stopped goes on from its checkpoint when it is called again.
set -euo pipefail
parts=$1 out=$2 minutes=${3:-8}
cd "$(dirname "$0")/.."
home=${TRAIN_HOME:-/tmp/mujaz-train}
mkdir -p "$home" "$out"

if [ ! -e "$home/ready" ]; then
  python3 -m pip install -q --no-index --no-deps --target "$home/site" "$parts"/*.whl
  # The rooms under their import name, as the build has them.
  mkdir -p "$home/rooms/mujaz"
  ln -sf "$PWD"/mujaz/* "$home/rooms/mujaz/"
  for room in arabic models checks translate eval; do ln -sfn "$PWD/$room" "$home/rooms/mujaz/$room"; done
  touch "$home/ready"
fi
export PYTHONPATH="$home/site:$home/rooms:$PWD" PYTHONUNBUFFERED=1
base=$(python3 -m train join "$parts" "$home" 2>&1 >/dev/null | tail -1) || { echo "$base" >&2; exit 2; }
if [ ! -e "$home/run/prepare" ]; then  # whole or not at all
  rm -rf "$home/run/new" && mkdir -p "$home/run"
  cp -r "$parts/prepare" "$home/run/new"
  mv "$home/run/new" "$home/run/prepare"
fi
run=(--config "${TRAIN_CONFIG:-train/config.toml}" --base "$base" --output "$home/run")

python3 -m train tune "${run[@]}" --minutes "$minutes" 2>&1 | tee "$out/tune.log"
python3 -m train export "${run[@]}"
cp "$home/run/tune/log.jsonl" "$home/run/adapter/CARD.md" "$home/run/adapter/mujaz-model.json" "$out/"
python3 -m train split "$home/run/adapter/adapter.gguf" "$out" --size $((15 << 20))
