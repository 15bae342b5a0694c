import java.lang.reflect.Method;
import java.util.Arrays;

/**
 * Runs one of Kafka's tools several times at once, each on a thread of its own, in one virtual machine: what many of these
 * machines cost would be measured otherwise. Arguments: the tool's class, how many, and what each is told.
 */
public class Together {
    public static void main(String[] args) throws Exception {
        Method tool = Class.forName(args[0]).getMethod("main", String[].class);
        Thread[] threads = new Thread[Integer.parseInt(args[1])];
        for (int index = 0; index < threads.length; index++) threads[index] = new Thread(() -> run(tool, args));
        for (Thread thread : threads) thread.start();
        for (Thread thread : threads) thread.join();
    }

    /** One that fails says so on stderr, and its summary is missing from the output. */
    private static void run(Method tool, String[] args) {
        try {
            tool.invoke(null, (Object) Arrays.copyOfRange(args, 2, args.length));
        } catch (ReflectiveOperationException failed) {
            failed.printStackTrace();
        }
    }
}
