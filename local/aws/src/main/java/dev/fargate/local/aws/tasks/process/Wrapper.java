package dev.fargate.local.aws.tasks.process;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The small shell that stands between this process and a container's. It gives the container a
 * session of its own and watches its own standard input: the line {@code TERM} asks the container
 * to end, {@code KILL} or the end of input, which comes however this process ends, kills it and all
 * its descendants.
 */
final class Wrapper {
  private static final String SCRIPT =
      """
      exec 3<&0
      trap : HUP INT QUIT TERM
      if command -v setsid >/dev/null 2>&1; then
        setsid "$@" </dev/null 3<&- &
      else
        "$@" </dev/null 3<&- &
      fi
      child=$!
      exec 2>/dev/null
      end() {
        kill -s KILL -- "-$child" 2>/dev/null || kill -s KILL "$child" 2>/dev/null
      }
      (
        trap '' HUP INT QUIT TERM
        while read -r what <&3; do
          case "$what" in
            TERM) kill -s TERM "$child" 2>/dev/null ;;
            KILL) break ;;
          esac
        done
        end
      ) >/dev/null 2>&1 &
      watchdog=$!
      exec 3<&- </dev/null
      while :; do
        wait "$child"
        code=$?
        kill -s 0 "$child" 2>/dev/null || break
      done
      end
      kill -s KILL "$watchdog" 2>/dev/null
      exit "$code"
      """;

  /**
   * A signal to this process's whole group (Ctrl-C, or a supervisor's KILL) must not end the
   * wrapper before the container. So it has a session of its own, too, where the machine has
   * setsid, and elsewhere outlives what can be caught.
   */
  private static final boolean SESSIONS =
      Stream.of(System.getenv().getOrDefault("PATH", "/usr/bin:/bin").split(File.pathSeparator))
          .anyMatch(directory -> Files.isExecutable(Path.of(directory, "setsid")));

  private Wrapper() {}

  /** Whether a wrapper survives a KILL of this process's whole group. */
  static boolean sessions() {
    return SESSIONS;
  }

  /** The command line that runs a command inside the wrapper. */
  static List<String> around(List<String> command) {
    List<String> line = new ArrayList<>();
    if (SESSIONS) {
      line.add("setsid");
    }
    line.addAll(List.of("/bin/sh", "-c", SCRIPT, "container"));
    line.addAll(command);
    return line;
  }

  /** Asks the container to end. */
  static void term(Process wrapper) {
    say(wrapper, "TERM\n");
  }

  /** Ends the container and all its descendants. */
  static void kill(Process wrapper) {
    say(wrapper, "KILL\n");
  }

  private static void say(Process wrapper, String what) {
    try {
      OutputStream stdin = wrapper.getOutputStream();
      stdin.write(what.getBytes(StandardCharsets.US_ASCII));
      stdin.flush();
    } catch (IOException e) {
      // The container has ended already, and the wrapper with it.
    }
  }
}
