package dev.infermux.benchmarks.jvm;

import com.sun.management.ThreadMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * A JVM on this machine, asked over its own management agent, which is started in it by attaching.
 * Nothing has to be prepared in it, and nothing but this probe's own threads is left behind.
 */
public final class JvmProbe implements AutoCloseable {
  private static final String COMMANDS = "com.sun.management:type=DiagnosticCommand";
  private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");

  private final JMXConnector connector;
  private final MBeanServerConnection server;
  private final ThreadMXBean threads;

  private JvmProbe(JMXConnector connector) throws IOException {
    this.connector = connector;
    this.server = connector.getMBeanServerConnection();
    this.threads =
        ManagementFactory.newPlatformMXBeanProxy(
            server, ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
  }

  /** The JVM that a process is, or has started; empty where there is none that can be asked. */
  public static Optional<JvmProbe> of(ProcessHandle process) {
    return Stream.concat(Stream.of(process), process.descendants())
        .map(JvmProbe::attach)
        .flatMap(Optional::stream)
        .findFirst();
  }

  @SuppressWarnings("BanJNDI") // the address comes from the agent of a process of our own
  private static Optional<JvmProbe> attach(ProcessHandle process) {
    if (process.info().command().filter(it -> it.endsWith("java")).isEmpty()) {
      return Optional.empty();
    }
    try {
      VirtualMachine machine = VirtualMachine.attach(Long.toString(process.pid()));
      try {
        var url = new JMXServiceURL(machine.startLocalManagementAgent());
        return Optional.of(new JvmProbe(JMXConnectorFactory.connect(url)));
      } finally {
        machine.detach();
      }
    } catch (AttachNotSupportedException | IOException e) {
      return Optional.empty();
    }
  }

  /**
   * Bytes that the threads of now have allocated since they began, those of management left out.
   * Threads that have ended are missing: a gateway's do not end.
   */
  public long allocatedBytes() {
    ThreadInfo[] infos = threads.getThreadInfo(threads.getAllThreadIds());
    long[] ids =
        Stream.of(infos)
            .filter(info -> info != null && !ours(info.getThreadName()))
            .mapToLong(ThreadInfo::getThreadId)
            .toArray();
    long sum = 0;
    for (long bytes : threads.getThreadAllocatedBytes(ids)) {
      sum += Math.max(0, bytes);
    }
    return sum;
  }

  private static boolean ours(String thread) {
    return thread.startsWith("RMI ")
        || thread.startsWith("JMX ")
        || thread.equals("Attach Listener");
  }

  /** Collects everything, and says how many bytes are left. */
  public long liveBytes() {
    Matcher total = TOTAL.matcher(command("gcClassHistogram"));
    return total.find() ? Long.parseLong(total.group(1)) : -1;
  }

  /** Has the collector's log written to a file from now on. */
  public void logCollections(Path file) {
    command("vmLog", "output=" + file, "what=gc=info", "decorators=uptime");
  }

  /** Begins a recording of where is allocated and what runs. */
  public void record() {
    command("jfrStart", "name=load", "settings=profile");
  }

  /** Ends the recording and writes it to a file. */
  public void recorded(Path file) {
    command("jfrStop", "name=load", "filename=" + file);
  }

  private String command(String name, String... arguments) {
    try {
      Object[] parameters = {arguments};
      String[] signature = {String[].class.getName()};
      return String.valueOf(server.invoke(new ObjectName(COMMANDS), name, parameters, signature));
    } catch (JMException | IOException e) {
      throw new IllegalStateException(name + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    try {
      connector.close();
    } catch (IOException gone) {
      // The JVM has ended.
    }
  }
}
