package dev.fargate.local.aws.tasks.process;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which sockets of this machine listen, read from /proc/net. Where there is no /proc the answer is
 * empty, and a wrong bind shows as a failing health check only.
 */
final class Listening {
  private static final String LISTEN = "0A";
  private static final Set<String> WILDCARDS = Set.of("00000000", "0".repeat(32));

  /**
   * @param address in the kernel's hexadecimal form
   */
  private record Entry(String address, int port, String inode) {}

  private final List<Entry> entries;

  private Listening(List<Entry> entries) {
    this.entries = entries;
  }

  static Listening now() {
    List<Entry> entries = new ArrayList<>();
    read(Path.of("/proc/net/tcp"), entries);
    read(Path.of("/proc/net/tcp6"), entries);
    return new Listening(entries);
  }

  private static void read(Path table, List<Entry> entries) {
    List<String> lines;
    try {
      lines = Files.readAllLines(table);
    } catch (IOException e) {
      return;
    }
    for (String line : lines) {
      String[] fields = line.trim().split("\\s+");
      if (fields.length > 9 && fields[3].equals(LISTEN)) {
        String[] local = fields[1].split(":");
        entries.add(new Entry(local[0], Integer.parseInt(local[1], 16), fields[9]));
      }
    }
  }

  boolean on(String address, int port) {
    String plain = hex(address);
    String mapped = "0000000000000000FFFF0000" + plain;
    return entries.stream()
        .anyMatch(
            entry ->
                entry.port() == port
                    && (entry.address().equals(plain) || entry.address().equals(mapped)));
  }

  /** Whether one of these processes listens on every address of the machine at this port. */
  boolean onWildcard(int port, List<ProcessHandle> members) {
    Set<String> inodes = new HashSet<>();
    for (Entry entry : entries) {
      if (entry.port() == port && WILDCARDS.contains(entry.address())) {
        inodes.add("socket:[" + entry.inode() + "]");
      }
    }
    return !inodes.isEmpty() && members.stream().anyMatch(member -> holds(member, inodes));
  }

  private static boolean holds(ProcessHandle member, Set<String> sockets) {
    Path descriptors = Path.of("/proc", String.valueOf(member.pid()), "fd");
    try (DirectoryStream<Path> all = Files.newDirectoryStream(descriptors)) {
      for (Path descriptor : all) {
        if (sockets.contains(Files.readSymbolicLink(descriptor).toString())) {
          return true;
        }
      }
    } catch (IOException e) {
      // The process or the descriptor is gone by now; the next look will tell.
    }
    return false;
  }

  /** The kernel prints the four bytes last first. */
  private static String hex(String address) {
    StringBuilder text = new StringBuilder();
    for (String part : address.split("\\.")) {
      text.insert(0, String.format("%02X", Integer.parseInt(part)));
    }
    return text.toString();
  }
}
