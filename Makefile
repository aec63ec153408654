# Every target is a chore of xtask, which also installs what it needs: see xtask/src/main.rs.
# Arguments for the demo: make run ARGS="--data ./data"
xtask := cargo run -q -p xtask --

.PHONY: run test check dev dist

run:
	@$(xtask) run $(ARGS)

test:
	@$(xtask) test

check:
	@$(xtask) check

dev:
	@$(xtask) dev $(ARGS)

dist:
	@$(xtask) dist
