import { startDatabaseThread, type Database } from "./database";

/**
 * Opens a file on a thread of its own, for work at length that must not hold up what else is asked of the database.
 * Closing it ends the thread.
 *
 * @throws AppError DATABASE_FAILED
 */
export const openOnOwnThread = async (file: string): Promise<Database> => {
  const thread = startDatabaseThread();
  try {
    return { ...(await thread.open(file)), close: () => thread.close() };
  } catch (error) {
    await thread.close();
    throw error;
  }
};
