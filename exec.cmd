@rem "npm start" says "exec node ...", so that Ctrl-C reaches Bellhop itself and not a shell before it.
@rem The shell of Windows has no exec; it finds this file instead.
@%*
