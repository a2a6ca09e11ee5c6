package dev.fargate.local.aws.tasks.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Reads what a container prints, line by line, and hands it on in batches. */
final class LogPump implements Runnable {
  /** As Docker's log drivers: a longer line is split. */
  private static final int MAX_LINE = 16 * 1024;

  private final InputStream in;
  private final Consumer<List<String>> lines;
  private final byte[] line = new byte[MAX_LINE];
  private int length;

  LogPump(InputStream in, Consumer<List<String>> lines) {
    this.in = in;
    this.lines = lines;
  }

  @Override
  public void run() {
    byte[] buffer = new byte[MAX_LINE];
    try {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        lines.accept(split(buffer, read));
      }
    } catch (IOException e) {
      // The container's end of the pipe is gone; what it said before is kept.
    }
    if (length > 0) {
      lines.accept(List.of(take()));
    }
  }

  private List<String> split(byte[] bytes, int count) {
    List<String> whole = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      if (bytes[i] == '\n') {
        whole.add(take());
      } else {
        line[length++] = bytes[i];
        if (length == MAX_LINE) {
          whole.add(take());
        }
      }
    }
    return whole;
  }

  private String take() {
    int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
    length = 0;
    return new String(line, 0, end, StandardCharsets.UTF_8);
  }
}
