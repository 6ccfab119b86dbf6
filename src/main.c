/* main.c - the command: everything else is app's. */
int main(void)
{
    return 255;
}
