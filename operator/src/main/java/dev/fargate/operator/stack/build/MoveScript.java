package dev.fargate.operator.stack.build;

import dev.fargate.operator.stack.Names;
import java.util.List;

/**
 * What puts restored data into its place, as a shell script: it runs where the data is, and only
 * there it can be seen. It sees the whole file system, renames, and deletes nothing but directories
 * that are empty. It may be ended at any moment and started again: what a run before it has done it
 * finds done. However it ends, but by KILL, there is data in the database's directory if there was
 * any before (ADR 13).
 *
 * <p>It takes its arguments from the environment: {@link #TO} the database's directory, {@link
 * #FROM} the directory in the recovery point, {@link #TOKEN} for the name that the data before
 * gets, {@link #JOB} what is done once, {@link #SINCE} since when (seconds of Unix) AWS Backup has
 * been copying.
 */
public final class MoveScript {
  public static final String TO = "RESTORE_TO";
  public static final String FROM = "RESTORE_FROM";
  public static final String TOKEN = "RESTORE_TOKEN";
  public static final String JOB = "RESTORE_JOB";
  public static final String SINCE = "RESTORE_SINCE";

  /** 40 bits: only the jobs of one database are told apart. */
  private static final int TOKEN_DIGITS = 10;

  /** Where the task finds the root of the file system. */
  static final String MOUNT = "/mnt/efs";

  /** The directory that AWS Backup has restored holds no database. */
  public static final int NO_DATABASE = 65;

  /** There is no restored directory with the one that was asked for in it. */
  public static final int NOTHING_RESTORED = 66;

  /** Several directories could be meant. */
  public static final int SEVERAL = 69;

  /** The file system refused to rename. */
  public static final int NOT_MOVED = 73;

  /** Another task holds the data; so ends the database's own start, too. */
  public static final int HELD = 75;

  /**
   * AWS tells nobody what the directory is called that it has restored into, and there may be
   * others that somebody has restored by hand. One alone is the one; of several it is the only one
   * that has changed since the job began, by the clock of EFS itself.
   */
  private static final String FIND =
      """
      n=0 late=0 found= newest= empty=
      for each in aws-backup-restore_*; do
        [ -d "$each/$from" ] || continue
        [ -f "$each/$from/%1$s" ] || { empty=$each; continue; }
        n=$((n+1)) found=$each
        [ "$(stat -c %%Z "$each")" -lt "$RESTORE_SINCE" ] || { late=$((late+1)); newest=$each; }
      done
      if [ $n -eq 0 ] && [ -n "$empty" ]; then
        echo "$empty/$from holds no database: no %1$s"; exit 65
      elif [ $n -eq 0 ]; then
        echo "no directory aws-backup-restore_... holds $from"; exit 66
      elif [ $n -gt 1 ] && [ $late -ne 1 ]; then
        echo "$n directories aws-backup-restore_... hold $from: move away what is not meant"; exit 69
      elif [ $n -gt 1 ]; then
        found=$newest
      fi
      """;

  /** As the database's own start does: what it waits for has ended when it has the lock. */
  private static final String LOCK =
      """
      if [ -d "$to" ]; then
        exec 9>>"$to/%2$s"
        chown --reference="$to" "$to/%2$s"
        n=0
        until flock -n 9; do
          [ $n -gt 0 ] || echo 'another task holds the data: waiting until it has ended'
          n=$((n+1))
          [ $n -le 135 ] || { echo 'the data is still held after 270 s: nothing is moved'; exit 75; }
          sleep 2
        done
        if in_place; then exit 0; fi
      fi
      """;

  /**
   * Two renames. Between them the database's directory is missing, and whoever mounted it then
   * would get an empty one: no task of the database runs, and however this ends it is put back.
   */
  private static final String MOVE =
      """
      printf %%s "$RESTORE_JOB" >"$found/$from/.restored" || exit 73
      mkdir -p "$(dirname "$to")"
      if [ -e "$to" ]; then mv -T "$to" "$old" || exit 73; fi
      mv -T "$found/$from" "$to" || { in_place && exit 0; exit 73; }
      echo "/$to is that of the recovery point now; the data before, if any, stays as /$old"
      (cd "$found" && rmdir -p "$(dirname "$from")") 2>/dev/null
      rmdir "$found" 2>/dev/null
      exit 0
      """;

  private static final String BEGIN =
      """
      trap 'exit 143' TERM
      cd %3$s || exit 74
      from=${RESTORE_FROM#/} to=${RESTORE_TO#/}
      in_place() { [ "$(cat "$to/.restored" 2>/dev/null)" = "$RESTORE_JOB" ]; }
      if in_place; then echo 'the data of the recovery point is in its place already'; exit 0; fi
      old=$to.before-$RESTORE_TOKEN last= k=1
      while [ -e "$old" ]; do last=$old k=$((k+1)) old=$to.before-$RESTORE_TOKEN-$k; done
      if [ ! -e "$to" ] && [ -n "$last" ]; then old=$last; fi
      back() { [ -e "$to" ] || [ ! -e "$old" ] || mv -T "$old" "$to"; }
      trap back EXIT
      """;

  private MoveScript() {}

  /**
   * @param dataFile what a directory with a database has
   * @param lockFile what the database's start command locks in its directory
   */
  static List<String> command(String dataFile, String lockFile) {
    String script = (BEGIN + FIND + LOCK + MOVE).formatted(dataFile, lockFile, MOUNT);
    return List.of("sh", "-c", script);
  }

  /** What tells the data before one restore job from that before any other: {@link #TOKEN}. */
  public static String token(String jobId) {
    return Names.sha256(jobId).substring(0, TOKEN_DIGITS);
  }

  /**
   * What the data before is called, once that of a job is in its place.
   *
   * @param jobId null where there is none yet
   */
  public static String before(String directory, String jobId) {
    return directory + ".before-" + (jobId == null ? "..." : token(jobId));
  }
}
