from django.db import migrations, models


class Migration(migrations.Migration):
    """Room for the chain; the next migration fills it, and the one after that holds it."""

    dependencies = [
        ('dialogues', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='LogHead',
            fields=[
                ('id', models.PositiveSmallIntegerField(default=1, editable=False, primary_key=True, serialize=False)),
                ('count', models.PositiveBigIntegerField(default=0)),
                ('digest', models.CharField(blank=True, max_length=64)),
            ],
            options={
                'verbose_name': 'head of the log',
                'verbose_name_plural': 'head of the log',
                'default_permissions': [],
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='log_head_is_one_row')],
            },
        ),
        migrations.AddField(
            model_name='transition',
            name='number',
            field=models.PositiveBigIntegerField(editable=False, null=True, verbose_name='number'),
        ),
        migrations.AddField(
            model_name='transition',
            name='part',
            field=models.CharField(choices=[('staff', 'staff'), ('sender', 'the sender'), ('system', 'the portal')], default='', max_length=8, verbose_name='part'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='transition',
            name='facts',
            field=models.JSONField(default=dict, help_text='What the verb knows: digests of files, say.', verbose_name='facts'),
        ),
        migrations.AddField(
            model_name='transition',
            name='previous',
            field=models.CharField(blank=True, default='', editable=False, max_length=64, verbose_name='digest before'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='transition',
            name='digest',
            field=models.CharField(default='', editable=False, max_length=64, verbose_name='digest'),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name='transition',
            name='at',
            field=models.DateTimeField(editable=False, verbose_name='when'),
        ),
    ]
